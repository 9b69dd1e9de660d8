#include "tools/scenario/schema_bounds.hpp"

#include "emulator/files/read_file.hpp"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <utility>

namespace understudy::scenario {

namespace protobuf = google::protobuf;

namespace {

/// Levels of messages that protobuf reads in a descriptor set.
constexpr int kMostNested = 100;
/// Far more than anybody has, and far less than a thread's stack takes.
constexpr int kMostImports = 500;

/// A text that lives as long as it is read.
class OwnedText : public protobuf::io::ZeroCopyInputStream {
  public:
    explicit OwnedText(std::string text)
        : text_(std::move(text)), read_(text_.data(), static_cast<int>(text_.size())) {}

    bool Next(const void** data, int* size) override { return read_.Next(data, size); }
    void BackUp(int count) override { read_.BackUp(count); }
    bool Skip(int count) override { return read_.Skip(count); }
    std::int64_t ByteCount() const override { return read_.ByteCount(); }

  private:
    std::string text_;
    protobuf::io::ArrayInputStream read_;
};

/// The compiler tells them.
class NoErrors : public protobuf::io::ErrorCollector {
  public:
    void AddError(int /*line*/, int /*column*/, const std::string& /*message*/) override {}
};

/// So deep its braces nest, messages and values of options alike.
int count_nested(const std::string& text) {
    protobuf::io::ArrayInputStream stream(text.data(), static_cast<int>(text.size()));
    NoErrors errors;
    protobuf::io::Tokenizer tokens(&stream, &errors);
    int depth = 0, deepest = 0;
    while (tokens.Next()) {
        const std::string& token = tokens.current().text;
        if (token == "{" || token == "<") deepest = std::max(deepest, ++depth);
        if (token == "}" || token == ">") --depth;
    }
    return deepest;
}

}  // namespace

protobuf::io::ZeroCopyInputStream* BoundedTree::Open(const std::string& name) {
    std::string path;
    if (!files_.VirtualFileToDiskFile(name, &path)) {
        problem_ = files_.GetLastErrorMessage();
        return nullptr;
    }
    auto text = files::read_file(path);
    if (!text) {
        problem_ = text.error().message();
        return nullptr;
    }
    if (count_nested(*text) > kMostNested) {
        problem_ = "braces nest more than " + std::to_string(kMostNested) + " deep, and protobuf takes no more";
        return nullptr;
    }
    return new OwnedText(*std::move(text));
}

bool BoundedDatabase::take(const protobuf::FileDescriptorProto& file) {
    const int depth = depths_[file.name()];
    if (depth > kMostImports) {
        problems_.emplace_back(source::ProblemCode::too_large, "'" + file.name() + "' is imported through more than " +
                                                                   std::to_string(kMostImports) +
                                                                   " files, each by the one before");
        return false;
    }
    for (const std::string& import : file.dependency()) {
        int& known = depths_[import];
        known = std::max(known, depth + 1);
    }
    return true;
}

bool BoundedDatabase::FindFileByName(const std::string& name, protobuf::FileDescriptorProto* file) {
    return files_.FindFileByName(name, file) && take(*file);
}

bool BoundedDatabase::FindFileContainingSymbol(const std::string& symbol, protobuf::FileDescriptorProto* file) {
    return files_.FindFileContainingSymbol(symbol, file) && take(*file);
}

bool BoundedDatabase::FindFileContainingExtension(const std::string& type, int number,
                                                  protobuf::FileDescriptorProto* file) {
    return files_.FindFileContainingExtension(type, number, file) && take(*file);
}

std::vector<source::Problem> BoundedDatabase::take_problems() {
    return std::exchange(problems_, {});
}

}  // namespace understudy::scenario
