#pragma once

#include "emulator/app/template/reading.hpp"

#include <string>
#include <vector>

namespace understudy::app::templates {

/// One reply of a MOCK integration.
struct MockResponse {
    std::string selection = {};  ///< A regular expression of the request template's statuses; empty: any other.
    const Value& status;
    const Value& parameters;
    const Value& templates;
};

/// An integration in the words of CloudFormation or of an OpenAPI document, whichever it was.
struct IntegrationParts {
    const Value& origin;
    const Value& type;
    const Value& uri;
    const Value& timeout;
    const Value& content_handling;
    const Value& transfer;
    const Value& payload;
    const Value& request_templates;
    const Value& request_parameters;
    const Value& response_parameters;
    const Value& subtype;
    const Value& method;
    const Value& credentials;
    const Value& passthrough;
    std::vector<MockResponse> responses = {};
};

/// A Lambda function, or an answer that says nothing but constants; what is neither is noted and unsupported.
Integration read_integration(const IntegrationParts& parts, ApiKind kind, Reading& reading);

/// The form of an HTTP API's events; an API that does not say it gets 1.0.
PayloadFormat read_payload_format(const Value& value);

/// A REST API's words for an answer of its own. Parameters are `gatewayresponse.header.X`.
GatewayResponse read_gateway_response(std::string type, const Value& status, const Value& parameters,
                                      const Value& templates, Findings& findings);

}  // namespace understudy::app::templates
