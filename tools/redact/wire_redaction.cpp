#include "tools/redact/wire_redaction.hpp"

#include "emulator/record/redaction.hpp"
#include "proto/json/message_set.hpp"
#include "tools/scenario/descriptors.hpp"

#include <cstdint>

namespace understudy::redact {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using protojson::kItem;
using protojson::kItemMessage;
using protojson::kItemType;

constexpr int kDeepest = 100;
constexpr std::uint64_t kVarint = 0, kFixed64 = 1, kDelimited = 2, kBeginGroup = 3, kEndGroup = 4, kFixed32 = 5;

/// Reads what messages are made of.
class WireReader {
  public:
    explicit WireReader(std::string_view bytes) : bytes_(bytes) {}

    bool at_end() const { return at_ == bytes_.size(); }
    std::size_t at() const { return at_; }
    std::string_view from(std::size_t begin) const { return bytes_.substr(begin, at_ - begin); }

    std::optional<std::uint64_t> read_varint() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return number;
        }
        return std::nullopt;
    }
    std::optional<std::string_view> read_bytes(std::uint64_t size) {
        if (size > bytes_.size() - at_) return std::nullopt;
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }
    /// Reads a value of this type that is no group, and returns the content of a delimited one.
    std::optional<std::string_view> read_value(std::uint64_t wire_type) {
        if (wire_type == kVarint) return read_varint() ? std::optional<std::string_view>("") : std::nullopt;
        if (wire_type == kFixed64) return read_bytes(8);
        if (wire_type == kFixed32) return read_bytes(4);
        if (wire_type != kDelimited) return std::nullopt;
        const auto size = read_varint();
        return size ? read_bytes(*size) : std::nullopt;
    }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

constexpr int kAnyType = 1, kAnyValue = 2;

bool is_any(const Descriptor& type) {
    return type.full_name() == "google.protobuf.Any";
}

/// The name of the message that an Any holds; empty where it names none. Fields may come in any order, and more than
/// once: the last one counts.
std::string find_any_type(std::string_view bytes) {
    std::string_view url;
    WireReader reader(bytes);
    while (!reader.at_end()) {
        const auto tag = reader.read_varint();
        const auto content = tag ? reader.read_value(*tag & 7) : std::nullopt;
        if (!content) break;
        if (*tag == (kAnyType << 3 | kDelimited)) url = *content;
    }
    return std::string(url.substr(url.rfind('/') + 1));
}

/// The extension that a message set's group holds, in whichever order; null where the schema does not know it.
/// `reader`: behind the group's begin.
const FieldDescriptor* find_item(WireReader reader, const Descriptor& type) {
    const FieldDescriptor* item = nullptr;
    while (!reader.at_end()) {
        const auto tag = reader.read_varint();
        if (!tag || (*tag & 7) == kEndGroup) break;
        if (*tag == (kItemType << 3 | kVarint)) {
            const auto number = reader.read_varint();
            if (number) item = scenario::find_numbered_field(&type, *number);
        } else if (!reader.read_value(*tag & 7)) {
            break;
        }
    }
    return item;
}

void append_varint(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>((number & 0x7F) | 0x80));
    out.push_back(static_cast<char>(number));
}

void append_delimited(std::string& out, std::uint64_t tag, std::string_view content) {
    append_varint(out, tag);
    append_varint(out, content.size());
    out.append(content);
}

class Redaction {
  public:
    Redaction(const std::set<const FieldDescriptor*>& fields, std::set<std::string>& taken)
        : fields_(fields), taken_(taken) {}

    std::optional<std::string> rewrite(std::string_view bytes, const Descriptor& type, int depth) {
        WireReader reader(bytes);
        return rewrite(reader, {&type, is_any(type) ? find_any_type(bytes) : "", depth, std::nullopt});
    }

  private:
    /// The message or group that is read.
    struct Inside {
        const Descriptor* type;  ///< Null for a group that the schema does not know.
        std::string any_type;    ///< Of what an Any holds.
        int depth;
        std::optional<std::uint64_t> group;     ///< Its number, which its end repeats; nullopt for a message.
        const FieldDescriptor* item = nullptr;  ///< Of a message set's group: the extension that it holds.
    };

    std::optional<std::string> rewrite(WireReader& reader, const Inside& inside) {
        if (inside.depth > kDeepest) return std::nullopt;
        std::string out;
        while (!reader.at_end()) {
            const std::size_t begin = reader.at();
            const auto tag = reader.read_varint();
            if (!tag || *tag >> 3 == 0) return std::nullopt;  // protobuf has no field 0
            if ((*tag & 7) == kEndGroup) return inside.group == *tag >> 3 ? std::optional(out) : std::nullopt;
            const bool is_group = (*tag & 7) == kBeginGroup;
            if (!(is_group ? rewrite_group(reader, inside, *tag, out)
                           : rewrite_value(reader, inside, *tag, begin, out)))
                return std::nullopt;
        }
        return !inside.group ? std::optional(out) : std::nullopt;
    }

    bool rewrite_value(WireReader& reader, const Inside& inside, std::uint64_t tag, std::size_t begin,
                       std::string& out) {
        const auto content = reader.read_value(tag & 7);
        if (!content) return false;
        // The type of such a value stands in another piece of the same field, if anywhere.
        const bool any = inside.type != nullptr && is_any(*inside.type);
        if (any && inside.any_type.empty() && !content->empty()) return false;
        const bool of_item = inside.item != nullptr && tag == (kItemMessage << 3 | kDelimited);
        const FieldDescriptor* field = of_item ? inside.item : scenario::find_numbered_field(inside.type, tag >> 3);
        const Descriptor* inner = (tag & 7) == kDelimited ? type_inside(inside, field) : nullptr;
        if (field != nullptr && fields_.contains(field)) {
            take(out, tag, *field);
        } else if (inner != nullptr) {
            const auto rewritten = rewrite(*content, *inner, inside.depth + 1);
            if (!rewritten) return false;
            append_delimited(out, tag, *rewritten);
        } else {
            out.append(reader.from(begin));
        }
        return true;
    }

    bool rewrite_group(WireReader& reader, const Inside& inside, std::uint64_t tag, std::string& out) {
        const FieldDescriptor* field = scenario::find_numbered_field(inside.type, tag >> 3);
        const Descriptor* inner = field == nullptr ? nullptr : field->message_type();
        const bool is_item =
            inside.type != nullptr && protojson::is_message_set(*inside.type) && tag == (kItem << 3 | kBeginGroup);
        const FieldDescriptor* item = is_item ? find_item(reader, *inside.type) : nullptr;
        const auto content = rewrite(reader, {inner, "", inside.depth + 1, tag >> 3, item});
        if (!content) return false;
        if (field != nullptr && fields_.contains(field)) {
            take(out, tag, *field);
        } else {
            append_varint(out, tag);
            out.append(*content);
            append_varint(out, tag - kBeginGroup + kEndGroup);
        }
        return true;
    }

    void take(std::string& out, std::uint64_t tag, const FieldDescriptor& field) {
        taken_.insert(field.full_name());
        const auto type = field.cpp_type();
        if (type == FieldDescriptor::CPPTYPE_STRING && (tag & 7) == kDelimited)
            append_delimited(out, tag, record::kRedacted);
    }

    /// What message a delimited value is; null where it is none.
    static const Descriptor* type_inside(const Inside& inside, const FieldDescriptor* field) {
        if (field == nullptr) return nullptr;
        if (inside.type != nullptr && is_any(*inside.type))
            return field->number() == kAnyValue ? field->file()->pool()->FindMessageTypeByName(inside.any_type)
                                                : nullptr;
        return field->message_type();
    }

    const std::set<const FieldDescriptor*>& fields_;
    std::set<std::string>& taken_;
};

}  // namespace

std::optional<std::string> redact_message(std::string_view bytes, const Descriptor& type,
                                          const std::set<const FieldDescriptor*>& fields,
                                          std::set<std::string>& taken) {
    return Redaction(fields, taken).rewrite(bytes, type, 0);
}

}  // namespace understudy::redact
