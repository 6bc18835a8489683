"""What the tests stand on: databases, the page client that judges, the browser's checks."""
