"""Without a session: /quen-mat-khau, /khoa-tai-khoan, /mo-khoa-tai-khoan, each with its page for the code.

Every answer is the same whether there is an account or not. The browser's claim is named by a secret that the
form brings along, so a second tap sends nothing twice; afterwards it stays in a cookie of these pages.
"""
