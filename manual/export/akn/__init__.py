"""Versions as Akoma Ntoso 3.0 (OASIS LegalDocML): one document for one version of one instruction.

    body       blocks -> the elements of `mainBody`            meta       what is known of a version -> `meta`
    document   both together, as bytes                         reading    such a document -> blocks and facts again
    edition    every version, or those of a day, as a folder

The standard's vocabulary is used where it has a suitable element; the rest is in attributes and elements of our own
namespace (`names.OURS`), so that nothing is lost in a round trip. Ids of elements (`eId`) equal the anchors of the
site's pages.
"""
