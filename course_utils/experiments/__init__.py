"""What one notebook measures or trains; nothing here draws."""
