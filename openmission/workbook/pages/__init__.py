"""Values for the workbook's pages and papers."""
