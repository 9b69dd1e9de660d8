#include "recorder/runtime_target.hpp"

namespace understudy::recorder {

RuntimeTarget parse_runtime_target(std::string_view method, std::string_view target) {
    constexpr std::string_view kInvocation = "/2018-06-01/runtime/invocation/";
    const auto begin = target.find(kInvocation);
    if (begin == std::string_view::npos) return {};
    std::string_view rest = target.substr(begin + kInvocation.size());
    rest = rest.substr(0, rest.find('?'));
    if (rest == "next") return {method == "GET" ? CallKind::next : CallKind::other, {}};
    const auto slash = rest.find('/');
    if (method != "POST" || slash == std::string_view::npos || slash == 0) return {};
    const std::string_view verb = rest.substr(slash + 1);
    if (verb == "response") return {CallKind::response, std::string(rest.substr(0, slash))};
    if (verb == "error") return {CallKind::error, std::string(rest.substr(0, slash))};
    return {};
}

}  // namespace understudy::recorder
