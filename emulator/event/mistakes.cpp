#include "emulator/event/mistakes.hpp"

#include "emulator/event/api_findings.hpp"
#include "emulator/event/exchange_findings.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/sam.hpp"

#include <algorithm>
#include <array>

namespace understudy::event {
namespace {

constexpr std::array<Mistake, 27> kMistakes{{
    {1, kRestBase64Sent, SeenIn::reply, "the client gets base64 text: Accept does not match"},
    {2, kRestBodyReplaced, SeenIn::request, "a REST API sent a binary body as text", ToldFor::subject},
    {2, kHttpBodyReplaced, SeenIn::request, "a binary body under a text type", ToldFor::subject},
    {3, kBinaryTypesChanged, SeenIn::settings,
     "binary types that were changed and not deployed: a reload is a deployment here, so that no old state is served"},
    {4, kRestTypeNearMiss, SeenIn::request, "application/protobuf listed, application/x-protobuf sent",
     ToldFor::subject},
    {5, kBase64NotDecoded, SeenIn::exchange, "the function parses base64 text as a message"},
    {6, kTextDecoded, SeenIn::exchange, "the function decodes what is no base64"},
    {7, kReplyBadBase64, SeenIn::reply, "raw bytes under isBase64Encoded: true"},
    {8, kReplyProtobufAsText, SeenIn::reply, "bytes as characters of a JSON string: UTF-8 doubled"},
    {8, kReplyBodyReplaced, SeenIn::reply, "bytes that are no UTF-8 in a JSON string"},
    {9, kRestJsonAsBase64, SeenIn::request, "*/* makes JSON bodies base64 too"},
    {10, kMockWithBinary, SeenIn::settings, "*/* breaks preflights that the gateway answers"},
    {11, kReplyMalformed, SeenIn::reply, "a key or a kind of value that a REST API refuses", ToldFor::subject},
    {12, kHttpInferred, SeenIn::reply, "no statusCode: the whole object becomes the body"},
    {13, kSamDecodes, SeenIn::reply, "works with SAM CLI, not on AWS: Accept and binary types are matched loosely"},
    {14, kEventTooLarge, SeenIn::request, "base64 grows the event over Lambda's limit"},
    {14, kBodyTooLarge, SeenIn::request, "a body over the front door's own limit"},
    {14, kReplyTooLarge, SeenIn::reply, "base64 grows the reply over Lambda's limit"},
    {15, kBodyOfGet, SeenIn::request, "a GET request with a body"},
    {16, kRestBodyCompressed, SeenIn::request, "a compressed body, which REST APIs decompress"},
    {16, kHttpBodyCompressed, SeenIn::request, "a compressed body, which other fronts pass on"},
    {17, kRestTypeParameters, SeenIn::request, "Content-Type with parameters"},
    {17, kBinaryTypeNeverMatches, SeenIn::settings, "binaryMediaTypes with parameters"},
    {18, kHeaderCaseMissed, SeenIn::exchange, "the function looks for Content-Type in one spelling only"},
    {19, kHttpDefaultType, SeenIn::reply, "a binary reply without Content-Type"},
    {20, kEmptyBodyNotRead, SeenIn::exchange, "an empty message is no body at all"},
    {21, kReplyBase64Variant, SeenIn::reply, "URL-safe or unpadded base64"},
}};

}  // namespace

std::span<const Mistake> mistakes() {
    return kMistakes;
}

bool is_of_traffic(std::string_view id) {
    const auto found = std::ranges::find(kMistakes, id, &Mistake::id);
    return found != kMistakes.end() && found->seen_in != SeenIn::settings;
}

std::string_view distinction(const Finding& finding) {
    const auto found = std::ranges::find(kMistakes, finding.id, &Mistake::id);
    const bool by_subject = found != kMistakes.end() && found->told_for == ToldFor::subject;
    return by_subject ? std::string_view(finding.subject) : std::string_view();
}

}  // namespace understudy::event
