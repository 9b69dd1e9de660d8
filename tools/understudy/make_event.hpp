#pragma once

#include "emulator/http/headers.hpp"
#include "emulator/source/problem.hpp"
#include "tools/event/making.hpp"

#include <optional>
#include <string>
#include <vector>

namespace understudy::cli {

/// `understudy event KIND [OPTIONS]`: what is empty has its default, which depends on the kind.
struct EventOptions {
    std::string kind;
    event_maker::Making making;
    bool is_drawn = false;  ///< The seed was given: ids of HTTP events are drawn from it, too.

    std::vector<std::string> bodies;  ///< Texts, or `@FILE`; messages, notices, data and objects, too.
    std::string method;
    std::string path = "/";
    http::Headers headers;
    std::vector<std::string> query;  ///< `NAME=VALUE`
    std::vector<std::string> binary_media_types;

    std::string name;  ///< Of the queue, topic, bucket, stream, table or rule.
    std::string group, subject;
    std::vector<std::string> keys;  ///< Of objects.
    std::string partition_key;
    std::string operation;  ///< `ObjectCreated:Put`, `INSERT`
    std::string item_keys, image, old_image;
    std::string source, detail_type;
    std::vector<std::string> resources;
};

/// The event's text, without an end of line. Errors: `unreadable` for a file; `invalid` for JSON that is none, and for
/// a request that the front door answers by itself. Tested by: MakeEvent.EachKindHasItsShape
source::Result<std::string> make_event(const EventOptions& options);

/// Prints it. 0: made; 1: a file cannot be read, or the options do not make an event.
int print_event(const EventOptions& options);

}  // namespace understudy::cli
