#include "proto/wire/base64.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/connect_error.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/grpc_status.hpp"
#include "proto/wire/trailer_lines.hpp"
#include "proto/wire/twirp_error.hpp"

#include <utility>

namespace understudy::wire {
namespace {

/// A reply on its way to an answer.
class AnswerReader {
  public:
    AnswerReader(Dialect dialect, Compression accepts, HttpReply reply)
        : dialect_(dialect), accepts_(accepts), reply_(std::move(reply)) {}

    ReadAnswer read() {
        if (has_envelopes(dialect_.protocol))
            read_enveloped();
        else
            read_bare();
        return std::move(read_);
    }

  private:
    void refuse(Code code, std::string why) {
        read_.answer.status = {code, why};
        read_.unreadable = std::move(why);
    }

    bool check_type();
    bool unzip(std::string& bytes, std::string_view encoding);
    void read_bare();
    void read_enveloped();
    void read_messages(std::string_view body);
    void take_status(std::size_t messages);

    Dialect dialect_;
    Compression accepts_;
    HttpReply reply_;
    ReadAnswer read_;
};

bool AnswerReader::check_type() {
    if (dialect_.protocol == Protocol::plain) return true;
    const auto text = value_of(reply_.headers, "Content-Type");
    const auto type = dialect_.protocol == Protocol::grpc ? parse_grpc_dialect(text) : parse_dialect(text);
    const bool bare = !has_envelopes(dialect_.protocol);
    const bool kind = type && (bare ? !has_envelopes(type->protocol) : type->protocol == dialect_.protocol);
    if (kind && type->codec == dialect_.codec) return true;
    refuse(kind ? Code::internal : Code::unknown, "the reply's content type is " +
                                                      (text.empty() ? "missing" : "'" + text + "'") + ", not '" +
                                                      std::string(to_content_type(dialect_)) + "'");
    return false;
}

bool AnswerReader::unzip(std::string& bytes, std::string_view encoding) {
    const auto compression = parse_compression(encoding);
    if (compression == Compression::identity || bytes.empty()) return true;
    if (!compression || accepts_ != Compression::gzip) {
        refuse(Code::internal, "the reply is compressed by '" + std::string(encoding) + "', which was not offered");
        return false;
    }
    auto unzipped = from_gzip(bytes, kMostMessageBytes);
    bytes = std::move(unzipped.bytes);
    if (unzipped.outcome == Unzipped::Outcome::too_large)
        refuse(Code::resource_exhausted,
               "the reply's message has more than " + std::to_string(kMostMessageBytes) + " bytes");
    if (unzipped.outcome == Unzipped::Outcome::damaged)
        refuse(Code::internal, "the reply is said to be gzip, and is none");
    return unzipped.outcome == Unzipped::Outcome::whole;
}

void AnswerReader::read_bare() {
    auto& answer = read_.answer;
    for (auto& [name, value] : reply_.headers) {
        const auto trailer = find_trailer_name(name);
        (trailer ? answer.trailers : answer.headers).emplace_back(trailer.value_or(name), value);
    }
    const auto encoding = value_of(reply_.headers, "Content-Encoding");
    if (reply_.status == kHttpOk && !check_type()) return;
    // `plain` leaves to its caller what to make of a body that it did not ask for.
    const bool asked = dialect_.protocol != Protocol::plain || accepts_ == Compression::gzip;
    if (asked && !unzip(reply_.body, encoding)) return;
    if (reply_.status == kHttpOk)
        answer.message = std::move(reply_.body);
    else if (dialect_.protocol == Protocol::twirp)
        answer.status = parse_twirp_error(reply_.status, reply_.body);
    else
        answer.status = parse_connect_error(reply_.status, reply_.body);
}

void AnswerReader::read_messages(std::string_view body) {
    const auto envelopes = read_envelopes(body);
    if (!envelopes) return refuse(Code::internal, "the body is no stream of messages, or its last one is cut off");
    std::size_t messages = 0;
    for (const auto& envelope : *envelopes) {
        std::string payload(envelope.payload);
        const auto encoding = envelope.compressed() ? value_of(reply_.headers, "grpc-encoding") : std::string();
        if (envelope.compressed() && encoding.empty())
            return refuse(Code::internal, "a message is compressed, and grpc-encoding does not say how");
        if (!unzip(payload, encoding)) return;
        if (envelope.trailers() && dialect_.protocol != Protocol::grpc) {
            for (auto& line : read_trailer_lines(payload)) reply_.trailers.push_back(std::move(line));
        } else {
            read_.answer.message = std::move(payload);
            ++messages;
        }
    }
    take_status(messages);
}

void AnswerReader::take_status(std::size_t messages) {
    auto& answer = read_.answer;
    if (reply_.trailers.empty()) return refuse(Code::internal, "the reply has no trailers");
    const auto status = find_grpc_status(reply_.trailers);
    for (const auto& line : reply_.trailers) {
        if (!is_grpc_status_name(line.first)) answer.trailers.push_back(line);
    }
    if (!status) return refuse(Code::unknown, "the reply's trailers have no grpc-status");
    answer.status = *status;
    if (!status->ok()) return answer.message.clear();
    if (messages != 1) refuse(Code::unimplemented, "a unary reply has one message, not " + std::to_string(messages));
}

void AnswerReader::read_enveloped() {
    auto& answer = read_.answer;
    const bool trailers_only = reply_.body.empty() && reply_.trailers.empty();
    for (const auto& line : reply_.headers) {
        if (!is_grpc_status_name(line.first)) answer.headers.push_back(line);
    }
    if (reply_.status != kHttpOk) {
        // What was said in another protocol, or by somebody on the way: the status decides, not a code in the body.
        answer.status = {infer_code(reply_.status), parse_connect_error(reply_.status, reply_.body).message()};
        return;
    }
    if (!check_type()) return;
    if (trailers_only) {
        if (!find_grpc_status(reply_.headers))
            return refuse(Code::internal, "the reply has neither a body nor a grpc-status");
        reply_.trailers = reply_.headers;
        answer.headers.clear();
        std::erase_if(reply_.trailers, [](const auto& line) { return same_name(line.first, "Content-Type"); });
        return take_status(0);
    }
    if (dialect_.protocol != Protocol::grpc_web_text) return read_messages(reply_.body);
    const auto bytes = read_base64_pieces(reply_.body);
    if (!bytes) return refuse(Code::internal, "the body is no base64");
    read_messages(*bytes);
}

}  // namespace

ReadAnswer read_answer(Dialect dialect, Compression accepts, HttpReply reply) {
    return AnswerReader(dialect, accepts, std::move(reply)).read();
}

}  // namespace understudy::wire
