-- load: requests for wrk from a file (LOAD_FILE), in turn: a line each, METHOD, path, cookie, form, separated by tabs.
-- Prints one line for tools/bench: requests, microseconds, wait of the 99th percentile in microseconds, replies of 400 and
-- above, and failures of connections.
local requests, at = {}, 0

function init()
    for line in io.lines(os.getenv("LOAD_FILE")) do
        local method, path, cookie, form = line:match("^(%S+)\t(%S+)\t([^\t]*)\t(.*)$")
        local headers = { Cookie = cookie }
        if method == "POST" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
        requests[#requests + 1] = wrk.format(method, path, headers, method == "POST" and form or nil)
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("load %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(99), e.status,
        e.connect + e.read + e.write + e.timeout))
end
