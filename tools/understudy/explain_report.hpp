#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/event/made_up_facts.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/http/message.hpp"
#include "tools/understudy/body_decision.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// A size and what the front takes.
struct ExplainedSize {
    std::string_view what;
    std::size_t bytes = 0;
    std::size_t limit = 0;
};

/// A call that would be made.
struct ExplainedCall {
    std::string function;  ///< `NAME` or `NAME:QUALIFIER`.
    std::string event;
};

/// What one front door makes of a request, without a function being run.
struct Explanation {
    std::string front = {};  ///< `rest`, `http`, …; empty where the request is for no API.
    std::string api = {};
    std::string id = {};
    std::string stage = {};
    app::Profile profile = app::Profile::aws;  ///< Whose answer `answer` is.
    std::string path = {};                     ///< Behind the stage; what the routes see.
    std::optional<std::string> route = {};     ///< The one that takes it.
    std::vector<std::string> parameters = {};  ///< Of the path: `id=7`.
    std::vector<std::string> targets = {};     ///< ALB: the target groups of the rule and their weights, of several.
    std::vector<std::string> near_misses = {};
    std::vector<std::string> access = {};  ///< What is asked of the caller, in sentences.
    std::optional<ExplainedCall> authorizer = {};
    std::optional<ExplainedCall> call = {};  ///< As the function would get it, a Lambda authorizer having said yes.
    std::optional<BodyDecision> body = {};
    std::vector<ExplainedSize> sizes = {};
    std::optional<http::Response> answer = {};    ///< The gateway's own, where no function gets the request.
    std::optional<http::Response> response = {};  ///< What becomes of the reply that was given.
    bool streams = false;                         ///< `response` is written bit by bit.
    std::optional<std::string> message = {};      ///< WebSocket: what the client is sent.
    std::optional<std::string> close = {};        ///< WebSocket: the code with which AWS ends the connection, and why.
    std::vector<event::Finding> findings = {};
};

/// Explains a request to the API that its host or path names, or else to every API of the application. `reply`: what
/// the function is supposed to answer. Ids and the time are those of `facts`.
/// A Host and, for a body, a Content-Length are added as a client would; for a WebSocket API's GET, its handshake.
/// Tested by: Explain.EveryFrontTellsRouteEventAndBody, Explain.TheApiIsChosenByItsHost
std::vector<Explanation> explain_request(const app::Application& application, const http::Request& request,
                                         const std::optional<std::string>& reply,
                                         const event::Facts& facts = event::made_up_facts());

/// For people; ends with a newline. Bytes that are not printable are shown as `\xNN`.
std::string render_explanations(const std::vector<Explanation>& explanations);
/// `{"fronts":[{…}]}` and a newline; bodies and messages that are no UTF-8 in base64, U+FFFD for such bytes elsewhere.
std::string render_explanations_as_json(const std::vector<Explanation>& explanations);

}  // namespace understudy::cli
