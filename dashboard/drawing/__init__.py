"""How paper draws a sheet: its map, names, lines, fills and furniture."""
