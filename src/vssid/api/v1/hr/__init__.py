"""/api/v1/hr: what an employer's own programs read and do. docs/api/hr.md"""
