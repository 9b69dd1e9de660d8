#pragma once

#include "emulator/source/document.hpp"
#include "proto/wire/status.hpp"
#include "tools/match/match.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace understudy::scenario {

/// Something that a file asks for, and the place where it does.
template <class T>
struct Written {
    T value;
    source::Node node;
};

/// A header line that a reply must have.
struct ExpectedHeader {
    std::string name;
    Written<match::Expectation> value;
};

/// The message, or the JSON, that a reply must hold.
struct ExpectedResponse {
    match::Expectation expectation;
    std::string shown;  ///< For reports: JSON with defaults shown, matchers in words.
};

/// Something of an invocation that the platform tells: `duration_ms`.
struct ExpectedFact {
    std::string name;
    Written<match::Expectation> value;
};

/// What a reply must be; what is absent is not compared.
struct Expectation {
    std::optional<Written<wire::Code>> code;  ///< Where the file writes none but implies `ok`: at the method.
    std::optional<Written<int>> http_status;
    bool no_error_status = false;  ///< Plain HTTP, or an invocation, without `http_status`.
    std::optional<Written<match::Expectation>> message;
    std::optional<Written<ExpectedResponse>> response;
    std::optional<Written<match::Expectation>> details;
    std::vector<ExpectedHeader> headers;
    std::vector<ExpectedHeader> trailers;
    std::optional<Written<match::Expectation>> body;
    std::optional<Written<std::string>> body_bytes;
    std::optional<Written<match::Expectation>> body_size;
    std::optional<Written<std::chrono::milliseconds>> within;
    std::optional<Written<std::string>> function_error;  ///< Empty: there must be none.
    std::optional<Written<match::Expectation>> event;
    std::vector<Written<match::Expectation>> logs;
    std::vector<Written<match::Expectation>> logs_without;
    std::vector<ExpectedFact> invocation;
};

}  // namespace understudy::scenario
