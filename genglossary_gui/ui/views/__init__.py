"""What a window shows: pages, panels and bars."""
