def write_shards(kb, plan, put):
    put("search/start.js", b"")
