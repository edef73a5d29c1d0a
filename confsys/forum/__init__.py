"""Topics, salons, round tables, needs: exchange that begins before the programme and ends after it."""
