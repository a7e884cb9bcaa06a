"""Versions as Akoma Ntoso 3.0 (OASIS LegalDocML): one document for one version of one instruction.

    body       blocks -> the elements of `mainBody`            meta       what is known of a version -> `meta`
    document   both together, as bytes                         reading    such a document -> blocks and facts again
    edition    every version, or those of a day, as a folder

The vocabulary of the standard carries what it has a place for; attributes and elements in a namespace of our own
carry the rest (`names.OURS`), so that nothing is lost on the way out and back. Ids of elements (`eId`) are the anchors
of the site's pages.
"""
