"""What the browser gets besides the pages: routes, headers, scripts; and who is let in."""
