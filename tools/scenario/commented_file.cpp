#include "tools/scenario/commented_file.hpp"

#include "tools/scenario/json_schema.hpp"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace understudy::scenario {
namespace {

constexpr const char* kCommentedFile = "understudy/v1/scenario.proto";

/// Whether a line goes on with the paragraph of the one before it; what is indented stands in lines of its own.
bool continues(std::string_view text, std::string_view line) {
    const auto last = text.substr(text.rfind('\n') + 1);
    return !last.empty() && !line.empty() && last.front() != ' ' && line.front() != ' ';
}

template <class Descriptor>
std::string read_comment(const Descriptor& descriptor) {
    google::protobuf::SourceLocation location;
    if (!descriptor.GetSourceLocation(&location)) return {};
    std::string text;
    for (std::size_t at = 0; at < location.leading_comments.size();) {
        const auto end = std::min(location.leading_comments.find('\n', at), location.leading_comments.size());
        const auto begin = at < end && location.leading_comments[at] == ' ' ? at + 1 : at;
        const auto line = std::string_view(location.leading_comments).substr(begin, end - begin);
        if (!text.empty()) text += continues(text, line) ? ' ' : '\n';
        text += line;
        at = end + 1;
    }
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

}  // namespace

CommentedFile::CommentedFile() {
    const std::string_view text = scenario_proto();
    google::protobuf::io::ArrayInputStream stream(text.data(), static_cast<int>(text.size()));
    google::protobuf::io::Tokenizer tokenizer(&stream, nullptr);
    google::protobuf::FileDescriptorProto file;
    google::protobuf::compiler::Parser parser;
    if (!parser.Parse(&tokenizer, &file)) throw std::logic_error("scenario.proto cannot be parsed");
    file.set_name(kCommentedFile);
    own_.Add(file);
}

const google::protobuf::FileDescriptor& CommentedFile::descriptor() const {
    return *pool_.FindFileByName(kCommentedFile);
}

std::string comment_of(const google::protobuf::Descriptor& message) {
    return read_comment(message);
}

std::string comment_of(const google::protobuf::FieldDescriptor& field) {
    return read_comment(field);
}

std::string comment_of(const google::protobuf::EnumValueDescriptor& value) {
    return read_comment(value);
}

}  // namespace understudy::scenario
