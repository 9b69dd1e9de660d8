#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "tests/emulator/event/byte_samples.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::event {

/// 12 March 2020, 19:03:58.390 UTC.
inline constexpr std::chrono::system_clock::time_point kSampleTime{std::chrono::milliseconds(1584039838390)};

inline Facts sample_facts() {
    Facts facts;
    facts.time = kSampleTime;
    facts.request_id = "0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de";
    facts.extended_request_id = "JKJaXmPLvHcESHA=";
    facts.trace_root = "1-5e6a861e-1f2d3c4b5a69788796a5b4c3";
    facts.trace_parent = "53995c3f42cd8ad8";
    facts.trace_lineage = "a1b2c3d4";
    facts.source_ip = "127.0.0.1";
    return facts;
}

inline Place rest_place(std::string path, std::string_view query = {}, std::string_view method = "GET") {
    Place place;
    place.account = "123456789012";
    place.api_id = "abcdefghij";
    place.stage = "prod";
    place.deployment_id = "d3pl0y";
    place.domain = "abcdefghij.execute-api.us-east-1.amazonaws.com";
    place.method = method;
    place.route = path == "/" ? "/" : "/{proxy+}";
    place.resource_id = path == "/" ? "r00tr00t00" : "pr0xy0";
    place.stage_path = "/prod" + path;
    if (path != "/") place.path_parameters = {{"proxy", path.substr(1)}};
    place.path = std::move(path);
    place.query = query;
    return place;
}

inline Place http_place(std::string path, std::string_view query = {}, std::string_view method = "GET") {
    Place place;
    place.account = "123456789012";
    place.api_id = "abcdefghij";
    place.stage = "$default";
    place.domain = "abcdefghij.execute-api.us-east-1.amazonaws.com";
    place.method = method;
    place.route = "$default";
    place.path = path;
    place.stage_path = std::move(path);
    place.query = query;
    return place;
}

inline boost::json::value parse_json(std::string_view text) {
    return boost::json::parse(boost::json::string_view(text.data(), text.size()));
}

/// The JSON text at a JSON pointer; "absent" where there is nothing.
inline std::string at(const boost::json::value& document, std::string_view pointer) {
    boost::json::error_code error;
    const auto* found = document.find_pointer({pointer.data(), pointer.size()}, error);
    return found ? boost::json::serialize(*found) : "absent";
}

}  // namespace understudy::event
