"""Reading the workbook."""
