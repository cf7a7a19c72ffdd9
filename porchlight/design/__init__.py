"""How Porchlight looks and speaks: base pages, components, tokens, icons and a gallery of them."""
