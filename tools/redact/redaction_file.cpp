#include "tools/redact/redaction_file.hpp"

#include "emulator/record/path_problem.hpp"
#include "emulator/source/document.hpp"
#include "emulator/source/suggestion.hpp"
#include "tools/convert/written_fields.hpp"
#include "tools/redact/body_redaction.hpp"
#include "tools/redact/spellings.hpp"
#include "tools/scenario/descriptors.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <optional>
#include <utility>

namespace understudy::redact {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using source::Node;
using source::Problem;
using source::ProblemCode;

constexpr std::array<std::string_view, 7> kKeys = {"headers",     "fields",       "query",         "defaults",
                                                   "proto_files", "import_paths", "descriptor_set"};

/// Whether a path is like `shop.v1.Card.number`: a package in lower case, a message in upper, a field.
bool looks_like_message_field(std::string_view path) {
    std::size_t packages = 0, messages = 0;
    while (true) {
        const std::size_t dot = path.find('.');
        const std::string_view name = path.substr(0, dot);
        if (name.empty() || name.find_first_of("[]*$-") != std::string_view::npos) return false;
        const bool is_message = name.front() >= 'A' && name.front() <= 'Z';
        if (dot == std::string_view::npos) return packages > 0 && messages > 0 && !is_message;
        if (!is_message && messages > 0) return false;
        ++(is_message ? messages : packages);
        path.remove_prefix(dot + 1);
    }
}

class Reader {
  public:
    explicit Reader(std::string folder) : folder_(std::move(folder)) {}

    RedactionOrProblems read(Node root) {
        if (root.is_null()) return redaction_;
        if (!root.is_mapping()) {
            fail(root, "a redaction file is a mapping, with the keys headers, fields and query");
            return problems_;
        }
        check_keys(root);
        read_plain(root);
        read_schema(root);
        for (const Node& field : list(root, "fields")) read_field(field);
        finish_messages();
        if (!problems_.empty()) return problems_;
        return std::move(redaction_);
    }

  private:
    void fail(Node node, std::string message, std::string hint = {}) {
        problems_.push_back(node.problem(ProblemCode::invalid, std::move(message)).with_hint(std::move(hint)));
    }

    /// Tells what is wrong with a name or a path, if anything.
    bool accept(Node node, const std::optional<record::PathProblem>& problem) {
        if (problem) fail(node, problem->message, problem->remedy);
        return !problem;
    }

    void check_keys(Node root) {
        for (const source::Member& member : root.members()) {
            const std::string_view key = member.key.text();
            if (std::ranges::find(kKeys, key) != kKeys.end()) continue;
            fail(member.key, "unknown key '" + std::string(key) + "' in a redaction file",
                 source::render_suggestion(key, kKeys));
        }
    }

    /// A list of texts, or one text alone.
    std::vector<Node> list(Node root, std::string_view key) {
        const auto value = root.find(key);
        if (!value || value->is_null()) return {};
        if (value->is_scalar()) return {*value};
        std::vector<Node> texts;
        for (const Node& item : value->items()) {
            if (item.is_scalar() && !item.text().empty()) {
                texts.push_back(item);
            } else {
                fail(item, std::string(key) + " is a list of names");
            }
        }
        if (value->is_mapping()) fail(*value, std::string(key) + " is a list of names");
        return texts;
    }

    void read_plain(Node root) {
        if (const auto defaults = root.find("defaults")) {
            if (defaults->text() == "false") clear_defaults();
            if (defaults->text() != "false" && defaults->text() != "true") fail(*defaults, "defaults is true or false");
        }
        for (const Node& name : list(root, "headers")) {
            if (!accept(name, record::find_header_problem(name.text()))) continue;
            std::string lower(name.text());
            std::ranges::transform(lower, lower.begin(),
                                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            redaction_.headers.insert(std::move(lower));
        }
        for (const Node& name : list(root, "query")) {
            if (accept(name, record::find_parameter_problem(name.text()))) redaction_.query.emplace(name.text());
        }
    }

    void clear_defaults() {
        redaction_.headers.clear();
        redaction_.query.clear();
    }

    std::string locate(Node node) const { return (std::filesystem::path(folder_) / std::string(node.text())).string(); }

    void read_schema(Node root) {
        scenario::SchemaFiles files;
        for (const Node& file : list(root, "proto_files")) files.proto_files.emplace_back(file.text());
        for (const Node& path : list(root, "import_paths")) files.import_paths.push_back(locate(path));
        for (const Node& set : list(root, "descriptor_set")) files.descriptor_set = locate(set);
        if (files.proto_files.empty() && files.descriptor_set.empty()) return;
        if (files.import_paths.empty()) files.import_paths.push_back(folder_);
        auto read = scenario::read_descriptors(files);
        if (auto* problems = std::get_if<std::vector<Problem>>(&read)) {
            problems_.insert(problems_.end(), problems->begin(), problems->end());
            return;
        }
        messages_.descriptors = std::get<std::shared_ptr<const scenario::Descriptors>>(std::move(read));
        const auto methods = messages_.descriptors->method_names();
        if (!methods.empty()) {
            pool_ = messages_.descriptors->find_method(methods.front())->file()->pool();
            spellings_ = Spellings(messages_.descriptors->files());
        }
        if (pool_ == nullptr) {
            const Node at = root.find("proto_files").value_or(root);
            fail(at, "the schema has no service: bodies are found out by the method in their path");
        }
    }

    /// A field of a message, or an extension by its own name; null where the schema has none of that name.
    const FieldDescriptor* find_field(const std::string& name) const {
        if (pool_ == nullptr) return nullptr;
        const FieldDescriptor* field = pool_->FindFieldByName(name);
        return field != nullptr ? field : pool_->FindExtensionByName(name);
    }

    /// A message in JSON may have either name of a field.
    void take_path(const std::string& path) {
        redaction_.fields.push_back(path);
        for (auto& other : spellings_.others(path)) redaction_.fields.push_back(std::move(other));
        // What goes by its name wherever it stands in JSON does so in protobuf.
        for (const FieldDescriptor* field : spellings_.fields(path)) messages_.fields.insert(field);
    }

    /// A field of the schema's, or a path in JSON.
    void read_field(Node node) {
        const std::string path(node.text());
        if (const FieldDescriptor* field = find_field(path)) {
            messages_.fields.insert(field);
            return;
        }
        const std::size_t dot = path.rfind('.');
        const auto* message =
            pool_ == nullptr || dot == std::string::npos ? nullptr : pool_->FindMessageTypeByName(path.substr(0, dot));
        if (message == nullptr) {
            if (looks_like_message_field(path)) return fail_message(node, path.substr(0, dot));
            if (accept(node, record::find_path_problem(path))) take_path(path);
            return;
        }
        if (const FieldDescriptor* field = convert::find_field(*message, path.substr(dot + 1))) {
            messages_.fields.insert(field);
            return;
        }
        std::vector<std::string_view> names;
        for (int i = 0; i < message->field_count(); ++i) {
            names.emplace_back(message->field(i)->name());
            names.emplace_back(message->field(i)->json_name());
        }
        for (int i = 0; i < message->extension_count(); ++i) names.emplace_back(message->extension(i)->name());
        fail(node, message->full_name() + " has no field '" + path.substr(dot + 1) + "'",
             source::render_suggestion(path.substr(dot + 1), names));
    }

    /// A message's field, and none of the schema's.
    void fail_message(Node node, const std::string& message) {
        const std::string path(node.text());
        const bool known = pool_ != nullptr;
        problems_.push_back(node.problem(ProblemCode::invalid,
                                         known ? "the schema has no message '" + message + "'"
                                               : "'" + path + "' names a field of a message, and no schema is named")
                                .with_hint(known ? "" : "add proto_files or descriptor_set")
                                .with_note("a path in JSON that looks like one is written $." + path));
    }

    void finish_messages() {
        if (messages_.fields.empty()) return;
        redaction_.rewrite_header = make_header_rewrite(messages_);
        redaction_.rewrite = make_rewrite(std::move(messages_));
    }

    std::string folder_;
    record::Redaction redaction_;
    MessageFields messages_;
    const DescriptorPool* pool_ = nullptr;
    Spellings spellings_;
    std::vector<Problem> problems_;
};

}  // namespace

RedactionOrProblems read_redaction_file(std::string_view text, std::string_view name, const std::string& folder) {
    const auto document = source::parse_document(text, name);
    if (!document) return std::vector{document.error()};
    return Reader(folder).read(document->root());
}

}  // namespace understudy::redact
