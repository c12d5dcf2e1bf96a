"""Everything goes out again: clients, visits, follow-ups and targets as CSV, XLSX or JSON."""
