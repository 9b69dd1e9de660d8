#pragma once

#include "emulator/app/integration.hpp"
#include "emulator/event/alb_event.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/event/rest_reply.hpp"
#include "emulator/gateway/access/compression.hpp"
#include "emulator/gateway/gateway_responses.hpp"
#include "emulator/http/headers.hpp"

#include <memory>
#include <string>
#include <vector>

namespace understudy::gateway {

/// What the answer to an admitted request needs of it.
struct Ticket {
    std::string request_id;
    std::string extended_request_id;
    std::string trace;         ///< `Root=…;Parent=…;Sampled=…;Lineage=…`: for the invocation and the answer.
    event::RestAccept accept;  ///< REST only.
    bool close = false;        ///< The client wants the connection closed behind the answer.
    app::PayloadFormat payload = app::PayloadFormat::v2;          ///< HTTP API: of the reply.
    event::AlbHeaders headers = event::AlbHeaders::single_value;  ///< ALB: of the target group.
    app::TransferMode transfer = app::TransferMode::buffered;     ///< REST and URL only.
    access::Coding coding = access::Coding::identity;             ///< REST with compression: of the reply.
    http::Headers cors;                                           ///< HTTP API and URL: what CORS adds.
    /// REST with gateway responses of its own, HTTP API with mappings of replies.
    std::shared_ptr<const ResponseContext> context;
    /// HTTP API: the mappings of replies; as long as the front door lives.
    const std::vector<app::ResponseMapping>* mappings = nullptr;
    event::SentBody sent;  ///< How the body went into the event.
    /// What the function was given, for what its failure may have to do with it; null: nobody kept it.
    std::shared_ptr<const std::string> event;
    std::string content_type_name;  ///< Content-Type as the event spells it; empty: the client sent none.
};

}  // namespace understudy::gateway
