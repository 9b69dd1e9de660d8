#pragma once

#include "emulator/app/api.hpp"
#include "emulator/app/profile.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <string>
#include <string_view>

namespace understudy::cli {

/// Why a body goes into an event as it does.
struct BodyDecision {
    event::BodyForm form = event::BodyForm::none;
    std::string rule;         ///< In a sentence.
    std::string_view source;  ///< Where the rule is published, or that it is not.
};

/// `none`, `text`, `base64`.
std::string_view form_name(event::BodyForm form);

/// Names the rule by which the front door of `api` has put a request's body into the event as `form`: it explains, and
/// does not decide.
BodyDecision explain_body(const app::Api& api, const http::Request& request, event::BodyForm form,
                          app::Profile profile);

}  // namespace understudy::cli
