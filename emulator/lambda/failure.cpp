#include "emulator/lambda/failure.hpp"

#include "emulator/app/reply_limit.hpp"
#include "emulator/lambda/json_text.hpp"

#include <array>
#include <charconv>
#include <cstddef>

namespace understudy::lambda {
namespace {

/// Go's names of Linux's signals, from 1.
constexpr std::array<std::string_view, 15> kSignalNames{
    "hangup",
    "interrupt",
    "quit",
    "illegal instruction",
    "trace/breakpoint trap",
    "aborted",
    "bus error",
    "floating point exception",
    "killed",
    "user defined signal 1",
    "segmentation fault",
    "user defined signal 2",
    "broken pipe",
    "alarm clock",
    "terminated",
};

std::string signal_name(int number) {
    if (number >= 1 && static_cast<std::size_t>(number) <= kSignalNames.size()) {
        return std::string(kSignalNames[static_cast<std::size_t>(number) - 1]);
    }
    return "signal " + std::to_string(number);
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_letter(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

/// Whether `text` contains `origin`, an upper-case letter and another letter in a row.
bool contains_type_of(std::string_view text, std::string_view origin) {
    for (auto at = text.find(origin); at != std::string_view::npos; at = text.find(origin, at + 1)) {
        const std::string_view name = text.substr(at + origin.size(), 2);
        if (name.size() == 2 && is_upper(name[0]) && is_letter(name[1])) return true;
    }
    return false;
}

}  // namespace

Fault to_fault(const ExitStatus& status) {
    if (status.kind == ExitStatus::Kind::signaled) {
        return {"Runtime.ExitError", "Runtime exited with error: signal: " + signal_name(status.number)};
    }
    if (status.number == 0) return {"Runtime.ExitError", "Runtime exited without providing a reason"};
    return {"Runtime.ExitError", "Runtime exited with error: exit status " + std::to_string(status.number)};
}

Fault to_fault(const SpawnFailure& failure) {
    const bool entrypoint = failure.kind == SpawnFailure::Kind::entrypoint;
    return {entrypoint ? "Runtime.InvalidEntrypoint" : "Runtime.InvalidWorkingDir", failure.message};
}

std::string to_timeout_message(std::chrono::milliseconds limit) {
    std::array<char, 32> digits{};
    const double seconds = std::chrono::duration<double>(limit).count();
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), seconds, std::chars_format::fixed, 2);
    return "Task timed out after " + std::string(digits.data(), end) + " seconds";
}

Fault timeout_fault(std::chrono::milliseconds limit) {
    return {"Sandbox.Timedout", to_timeout_message(limit)};
}

Fault truncated_fault() {
    return {"Runtime.TruncatedResponse", "HTTP request detected as truncated"};
}

Outcome stopped_outcome(std::string_view id) {
    return to_outcome(Fault{"Sandbox.Failure", "The emulator was stopped"}, id);
}

Fault reported_fault(std::string_view error_type) {
    return {scrub_error_type(error_type), ""};
}

Outcome to_outcome(const Fault& fault, std::string_view id) {
    std::string message = "RequestId: ";
    message.append(id).append(" Error: ").append(fault.message);
    Outcome outcome{.kind = OutcomeKind::function_error, .payload = R"({"errorType":)"};
    append_json_string(outcome.payload, fault.type);
    outcome.payload += R"(,"errorMessage":)";
    append_json_string(outcome.payload, message);
    outcome.payload += '}';
    return outcome;
}

Outcome oversized_outcome(std::size_t bytes) {
    return {.kind = OutcomeKind::function_error,
            .payload = R"({"errorMessage":"Response payload size exceeded maximum allowed payload size ()" +
                       std::to_string(app::kMostReplyBytes) +
                       R"( bytes).","errorType":"Function.ResponseSizeTooLarge"})",
            .oversized = bytes};
}

Outcome oversized_stream_outcome() {
    return {.kind = OutcomeKind::function_error,
            .payload =
                R"({"errorMessage":"Response payload size exceeded maximum allowed payload size (209715200 bytes).",)"
                R"("errorType":"Function.ResponseSizeTooLarge"})",
            .error_type = "Function.ResponseSizeTooLarge"};
}

std::string scrub_error_type(std::string_view type) {
    if (contains_type_of(type, "Runtime.") || contains_type_of(type, "Function.")) return std::string(type);
    return type.starts_with("Function.") ? "Function.Unknown" : "Runtime.Unknown";
}

}  // namespace understudy::lambda
