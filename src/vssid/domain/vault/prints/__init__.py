"""Changing fingerprint keys: which are known, what bears which, and how it is fingerprinted anew.

A new key comes last in the list and is *prepared*: what is unique or compared by the first key alone gets
a row under it as well. Then it may be the first, and everything else moves to it. Then the old one may go.
So no step leaves two running processes that do not share a key under which every value stands.
"""
