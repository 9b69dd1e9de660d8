#pragma once

#include "client/url.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::client {

/// Header lines, in order, names as spelled.
using HeaderLines = std::vector<std::pair<std::string, std::string>>;

/// The first value of a header, its name in any case; nullptr where there is none.
const std::string* find_header(const HeaderLines& headers, std::string_view name);

/// A request, written as it stands. `Host` (first), `Content-Length` (where there is a body, or the method is POST, PUT
/// or PATCH) and nothing else are added, each unless `headers` already names it.
struct HttpRequest {
    std::string method = "GET";
    std::string target = "/";  ///< Path and query; the URL's base path goes before it. Not changed in any way.
    HeaderLines headers = {};
    std::string body = {};
    /// Take what there is of a reply that breaks off behind its head, in place of a problem.
    bool accepts_part = false;
    /// A reply whose body has more bytes is a problem: more than any front door of AWS answers with, streams included.
    std::uint64_t most_body = std::uint64_t{256} * 1024 * 1024;
};

/// The request line and the header lines, up to the empty line that ends them.
std::string render_head(const HttpRequest& request, const Url& url);

/// A reply, as it came: header lines in order of arrival, spelling kept, values trimmed; the body without its transfer
/// coding.
struct Exchange {
    int status = 0;
    HeaderLines headers = {};
    std::string body = {};
    bool cut_off = false;  ///< The connection ended within it.

    const std::string* find_header(std::string_view name) const { return client::find_header(headers, name); }
};

}  // namespace understudy::client
