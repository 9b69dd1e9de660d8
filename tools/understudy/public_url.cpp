#include "tools/understudy/public_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace understudy::cli {

source::Result<PublicAddress> parse_public_url(std::string_view url) {
    const auto parsed = boost::urls::parse_uri(url);
    const bool usable = parsed && (parsed->scheme() == "https" || parsed->scheme() == "http") &&
                        !parsed->host().empty() && !parsed->has_query() && !parsed->has_fragment() &&
                        !parsed->has_userinfo() && (parsed->path().empty() || parsed->path() == "/");
    if (!usable) {
        return source::Problem(
            source::ProblemCode::invalid,
            "'" + std::string(url) + "' is no public URL; write for example https://api.example.com");
    }
    PublicAddress address;
    address.proto = parsed->scheme();
    const std::uint16_t usual = address.proto == "https" ? 443 : 80;
    address.port = parsed->has_port() ? parsed->port_number() : usual;
    address.host = parsed->host();
    if (address.port != usual) address.host += ':' + std::to_string(address.port);
    return address;
}

}  // namespace understudy::cli
