// Any request gets an event or an answer, and any reply an answer, from all kinds of API.
#include "emulator/app/single_function.hpp"
#include "emulator/gateway/front_door.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace understudy;

void admit_and_answer(app::FrontKind front, const std::string& text) {
    app::Api api = app::to_single_function_api(front, {}, "function");
    api.id = "abcdefghij";
    gateway::FrontDoor door({}, api);
    const auto end = text.find('\n');
    http::Request request;
    request.method = "POST";
    request.target = '/' + text.substr(0, end);
    request.headers.add("Content-Type", text.substr(0, end));
    request.headers.add("Cookie", text);
    if (end != std::string::npos) request.body = text.substr(end + 1);
    auto verdict = door.admit(request, {});
    if (const auto* accepted = std::get_if<gateway::Accepted>(&verdict)) {
        door.answer(accepted->ticket, {gateway::FunctionReply::Kind::succeeded, request.body}, {});
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const app::FrontKind front : app::all_fronts()) admit_and_answer(front, text);
    return 0;
}
