"""`make bench`: how fast the portal is, each figure beside its bound and the fastest rival."""
