#include "proto/wire/status.hpp"

#include <array>
#include <ostream>

namespace understudy::wire {
namespace {

struct Row {
    std::string_view name;
    int http_status;
};

constexpr std::array<Row, 17> kRows{{
    {"ok", 200},
    {"canceled", 499},
    {"unknown", 500},
    {"invalid_argument", 400},
    {"deadline_exceeded", 504},
    {"not_found", 404},
    {"already_exists", 409},
    {"permission_denied", 403},
    {"resource_exhausted", 429},
    {"failed_precondition", 400},
    {"aborted", 409},
    {"out_of_range", 400},
    {"unimplemented", 501},
    {"internal", 500},
    {"unavailable", 503},
    {"data_loss", 500},
    {"unauthenticated", 401},
}};

}  // namespace

std::string_view to_name(Code code) {
    return kRows[static_cast<std::size_t>(code)].name;
}

std::optional<Code> parse_code_name(std::string_view name) {
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (kRows[i].name == name) return static_cast<Code>(i);
    }
    return std::nullopt;
}

int to_http_status(Code code) {
    return kRows[static_cast<std::size_t>(code)].http_status;
}

Code infer_code(int http_status) {
    switch (http_status) {
        case 400:
            return Code::internal;
        case 401:
            return Code::unauthenticated;
        case 403:
            return Code::permission_denied;
        case 404:
            return Code::unimplemented;
        case 429:
        case 502:
        case 503:
        case 504:
            return Code::unavailable;
        default:
            return Code::unknown;
    }
}

std::ostream& operator<<(std::ostream& out, const Status& status) {
    out << to_name(status.code());
    if (!status.message().empty()) out << ": " << status.message();
    for (const auto& detail : status.details()) out << " [" << detail.type << ", " << detail.value.size() << " bytes]";
    return out;
}

}  // namespace understudy::wire
