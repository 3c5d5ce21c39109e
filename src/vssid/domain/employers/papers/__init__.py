"""Powers of attorney (giấy ủy quyền) filed at the counter."""
