"""The pages of the workbook."""
