"""How things look, on screen and on paper: colours, strokes, signs, text made safe for HTML."""
