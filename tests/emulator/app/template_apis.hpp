#pragma once

#include "tests/emulator/app/summary.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace understudy::app::template_api_test {

/// The summary of a template without the lines of its functions.
inline std::string read_apis(const std::string& yaml) {
    std::string text = read_summary(yaml);
    while (text.starts_with("function ")) text.erase(0, text.find('\n') + 1);
    return text;
}

/// As a REST API's integration names the function `F`.
inline const std::string kInvocationUri =
    "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

/// A template with one function of these events, and other resources.
inline std::string with_events(std::string_view events, std::string_view others = "") {
    return "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Events: {" + std::string(events) + "}}}\n" +
           std::string(others);
}

inline std::string notes_of(const std::string& yaml) {
    const std::string text = read_apis(yaml);
    const std::size_t note = text.find("note ");
    return note == std::string::npos ? "" : text.substr(note);
}

}  // namespace understudy::app::template_api_test
