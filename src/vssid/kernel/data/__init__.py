"""Tables of the kernel; read once, as the package of holidays reads its own."""
