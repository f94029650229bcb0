"""Measures the real server: gunicorn with production settings on a throwaway installation of thousands of clients.

`script/bench` runs it; docs/performance.md explains the figures. Nothing here runs in the test suite, and nothing here
uses Django but `counting`, which the server loads only when it is told to count its queries.
"""
