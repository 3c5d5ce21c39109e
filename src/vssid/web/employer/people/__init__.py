"""The HR people of an employer: who they are, who comes, who goes."""
