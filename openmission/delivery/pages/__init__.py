"""What the room's pages show, in the shape that their templates want."""
