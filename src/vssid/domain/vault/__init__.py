"""Envelope encryption: one data key per subject, wrapped by a master key that can be rotated.

A *subject* is a person of the register, a staff member, or a registration draft: their ids share one
number space (`new_subject_id`), so a draft's data can be distributed like a person's.
"""
