"""Everything the product knows that needs no display.  Nothing below imports Qt."""
