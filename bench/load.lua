-- wrk: random people ask for a page of their own. Arguments: a file with one `token [etag]` a line, and the
-- one status that is right, or 0 to count every status of 400 and more as an error.
local requests, threads = {}, {}

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

function init(args)
  math.randomseed(os.time() * 7 + number)
  for line in io.lines(args[1]) do
    local token, etag = line:match("^(%S+) ?(.*)$")
    local headers = { Cookie = "vssid-session=" .. token }
    if etag ~= "" then headers["If-None-Match"] = etag end
    requests[#requests + 1] = wrk.format("GET", nil, headers)
  end
  only, wrong = tonumber(args[2]), 0
  if only > 0 then  -- wrk is slower when it has to show each answer
    response = function(status)
      if status ~= only then wrong = wrong + 1 end
    end
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency, _)
  local e = summary.errors
  local wrong = 0
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("wrong") end
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %f, "errors": %d, "p50_ms": %f, "p99_ms": %f, "bytes": %d}\n',
    summary.requests, summary.duration / 1e6, e.connect + e.read + e.write + e.timeout + math.max(e.status, wrong),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.bytes))
end
