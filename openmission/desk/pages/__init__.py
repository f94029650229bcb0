"""What the desk's pages show: frozen values, no rows."""
