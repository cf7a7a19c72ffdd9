"""Letters: gathered by class or by area, written in two languages with a slip at the foot, set as a PDF."""
