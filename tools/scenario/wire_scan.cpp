#include "tools/scenario/wire_scan.hpp"

#include "emulator/source/text.hpp"
#include "tools/match/message_value.hpp"
#include "tools/scenario/descriptors.hpp"

#include <cstdint>

namespace understudy::scenario {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kDeepest = 100;  // As deep as protobuf's own reader goes.

enum WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kBeginGroup = 3, kEndGroup = 4, kFixed32 = 5 };

class Scan {
  public:
    explicit Scan(std::string_view bytes) : bytes_(bytes) {}

    // Reads the fields of a message that ends at `end`, or of a group where `group` is its number. `type` is null for
    // what the schema does not know. Returns whether all fit.
    bool read_fields(const Descriptor* type, std::size_t end, std::uint64_t group, int depth);

    const std::optional<Misfit>& misfit() const { return misfit_; }

  private:
    bool stop(std::size_t offset, std::string why) {
        if (!misfit_) misfit_ = Misfit{offset, std::move(why)};
        return false;
    }
    bool read_varint(std::uint64_t& value, std::size_t end, const std::string& what);
    bool skip(std::size_t size, std::size_t end, const std::string& what);
    bool read_value(const FieldDescriptor* field, std::uint64_t tag, std::size_t end, int depth);
    bool read_bytes(const FieldDescriptor* field, std::size_t end, const std::string& what, int depth);
    bool read_text(std::size_t end, const std::string& what);

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::optional<Misfit> misfit_;
};

bool Scan::read_varint(std::uint64_t& value, std::size_t end, const std::string& what) {
    constexpr unsigned kMostBits = 64;
    const auto begin = at_;
    value = 0;
    for (unsigned shift = 0; shift < kMostBits; shift += 7) {
        if (at_ >= end) return stop(begin, what + " is cut off");
        const auto byte = static_cast<unsigned char>(bytes_[at_++]);
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < 0x80) return true;
    }
    return stop(begin, what + " is longer than ten bytes");
}

bool Scan::skip(std::size_t size, std::size_t end, const std::string& what) {
    if (size > end - at_)
        return stop(at_, what + " has " + std::to_string(size) + " bytes, and " + std::to_string(end - at_) +
                             (end - at_ == 1 ? " is left" : " are left"));
    at_ += size;
    return true;
}

bool Scan::read_text(std::size_t end, const std::string& what) {
    while (at_ < end) {
        const auto character = source::decode_character(bytes_.substr(at_, end - at_));
        if (character.code == source::kNotUtf8) return stop(at_, what + " is not UTF-8");
        at_ += character.width;
    }
    return true;
}

bool Scan::read_bytes(const FieldDescriptor* field, std::size_t end, const std::string& what, int depth) {
    std::uint64_t size = 0;
    if (!read_varint(size, end, "the length of " + what)) return false;
    const auto begin = at_;
    if (!skip(size, end, what)) return false;
    if (field == nullptr) return true;
    const auto behind = at_;
    at_ = begin;
    if (field->type() == FieldDescriptor::TYPE_MESSAGE) return read_fields(field->message_type(), behind, 0, depth + 1);
    if (field->type() == FieldDescriptor::TYPE_STRING &&
        field->file()->syntax() == google::protobuf::FileDescriptor::SYNTAX_PROTO3)
        return read_text(behind, what);
    at_ = behind;
    return true;
}

bool Scan::read_value(const FieldDescriptor* field, std::uint64_t tag, std::size_t end, int depth) {
    const auto number = tag >> 3;
    const auto what =
        "field " + std::to_string(number) + (field == nullptr ? "" : " (" + match::to_member_name(*field) + ')');
    const bool is_group = field != nullptr && field->type() == FieldDescriptor::TYPE_GROUP;
    std::uint64_t ignored = 0;
    switch (tag & 7) {
        case kVarint:
            return read_varint(ignored, end, what);
        case kFixed64:
            return skip(8, end, what);
        case kBytes:
            return read_bytes(field, end, what, depth);
        case kBeginGroup:
            return read_fields(is_group ? field->message_type() : nullptr, end, number, depth + 1);
        case kFixed32:
            return skip(4, end, what);
        default:
            return false;
    }
}

bool Scan::read_fields(const Descriptor* type, std::size_t end, std::uint64_t group, int depth) {
    if (depth > kDeepest) return stop(at_, "messages are nested too deeply");
    while (at_ < end) {
        const auto begin = at_;
        std::uint64_t tag = 0;
        if (!read_varint(tag, end, "a field's number")) return false;
        const auto number = tag >> 3;
        if (number == 0 || tag > 0xFFFF'FFFFU) return stop(begin, "there is no field " + std::to_string(number));
        if ((tag & 7) == kEndGroup) {
            if (group == number) return true;
            return stop(begin, "a group ends that did not begin");
        }
        if ((tag & 7) > kFixed32)
            return stop(begin, "field " + std::to_string(number) + " has wire type " + std::to_string(tag & 7) +
                                   ", which does not exist");
        if (!read_value(find_numbered_field(type, number), tag, end, depth)) return false;
    }
    return group == 0 || stop(at_, "group " + std::to_string(group) + " has no end");
}

}  // namespace

std::optional<Misfit> find_misfit(std::string_view bytes, const google::protobuf::Descriptor& type) {
    Scan scan(bytes);
    scan.read_fields(&type, bytes.size(), 0, 0);
    return scan.misfit();
}

}  // namespace understudy::scenario
