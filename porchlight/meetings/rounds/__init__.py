"""Conference rounds until their plan: made, hosts and families asked, wishes kept."""
