#include "tools/scenario/descriptors.hpp"

#include "emulator/files/read_file.hpp"
#include "tools/scenario/schema_bounds.hpp"
#include "tools/scenario/schema_problems.hpp"
#include "tools/scenario/well_known_files.hpp"

#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

namespace understudy::scenario {

namespace protobuf = google::protobuf;
namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;

struct Descriptors::Origin {
    protobuf::compiler::DiskSourceTree tree;
    BoundedTree bounded_tree{tree};
    WellKnownFiles well_known;
    protobuf::SimpleDescriptorDatabase set;
    std::unique_ptr<protobuf::DescriptorDatabase> database;
    std::unique_ptr<BoundedDatabase> bounded;  ///< All that the pool reads comes through it.
    std::unique_ptr<protobuf::DescriptorPool> pool;
};

namespace {

using Files = std::vector<const protobuf::FileDescriptor*>;

// Turns complaints about files of a descriptor set, which have no lines, into problems.
class SetProblemCollector : public protobuf::DescriptorPool::ErrorCollector {
  public:
    explicit SetProblemCollector(std::string path) : path_(std::move(path)) {}

    void AddError(const std::string& name, const std::string& element, const protobuf::Message*, ErrorLocation,
                  const std::string& message) override {
        problems_.emplace_back(ProblemCode::malformed, name + ": " + element + ": " + message, path_,
                               source::Position{});
    }

    std::vector<Problem> take() { return std::exchange(problems_, {}); }

  private:
    std::string path_;
    std::vector<Problem> problems_;
};

void load_well_known(const protobuf::DescriptorPool& pool) {
    for (const auto& name : WellKnownFiles::names()) pool.FindFileByName(name);
}

/// The names by which files are imported that are given by absolute paths, or by `../`: below the first of the import
/// paths that they lie below; where there is none, their own folder is one more.
class ImportNames {
  public:
    explicit ImportNames(std::vector<std::string> folders) : folders_(std::move(folders)) {}

    /// Where a file lies that is named by `./a.proto` or `../a.proto`, which no file is imported by: from the first of
    /// the import paths that there is one. Others are named as they are.
    std::string find(const std::string& file) const {
        const auto first = fs::path(file).empty() ? fs::path() : *fs::path(file).begin();
        if (first != "." && first != "..") return file;
        for (const auto& folder : folders_) {
            std::error_code error;
            if (const auto path = fs::absolute(folder) / file; fs::exists(path, error)) return path.string();
        }
        return file;
    }
    /// Returns the name by which it is imported.
    std::string add(const std::string& file) {
        if (!fs::path(file).is_absolute()) return file;
        const auto path = fs::path(file).lexically_normal();
        for (const auto& folder : folders_) {
            const auto name = path.lexically_relative(fs::absolute(folder).lexically_normal());
            if (!name.empty() && *name.begin() != "..") return name.string();
        }
        folders_.push_back(path.parent_path().string());
        return path.filename().string();
    }
    const std::vector<std::string>& folders() const { return folders_; }

  private:
    std::vector<std::string> folders_;
};

/// A pipe would be waited for, and has nothing more to say the second time.
std::optional<Problem> find_pipe(const std::vector<std::string>& folders, const std::string& name) {
    for (const auto& folder : folders) {
        std::error_code none;
        const auto path = fs::path(folder) / name;
        const auto status = fs::status(path, none);
        if (!fs::exists(status)) continue;
        if (!fs::is_fifo(status)) return std::nullopt;
        return Problem(ProblemCode::unreadable, "'" + path.string() + "' is a pipe, and no file");
    }
    return std::nullopt;
}

/// Of two files of one name the first import path's is read: another one that was asked for by its path is not to be
/// taken for it.
std::optional<Problem> find_hiding_file(protobuf::compiler::DiskSourceTree& tree, const std::string& asked,
                                        const std::string& name) {
    std::string read;
    std::error_code error;
    if (asked == name || !tree.VirtualFileToDiskFile(name, &read) || fs::equivalent(read, asked, error) || error)
        return std::nullopt;
    return Problem(ProblemCode::invalid, "'" + asked + "' is hidden by '" + read + "'")
        .with_note("both are imported as '" + name + "', and the first import path wins");
}

DescriptorsOrProblems read_proto_files(const SchemaFiles& files) {
    auto origin = std::make_unique<Descriptors::Origin>();
    ImportNames import_names(files.import_paths);
    std::vector<std::string> asked, names;
    for (const auto& file : files.proto_files) asked.push_back(import_names.find(file));
    for (const auto& file : asked) names.push_back(import_names.add(file));
    for (const auto& path : import_names.folders()) origin->tree.MapPath("", path);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (auto pipe = find_pipe(import_names.folders(), names[i])) return std::vector{*std::move(pipe)};
        if (auto hidden = find_hiding_file(origin->tree, asked[i], names[i])) return std::vector{*std::move(hidden)};
    }
    SchemaProblems problems(origin->tree, import_names.folders());
    auto database =
        std::make_unique<protobuf::compiler::SourceTreeDescriptorDatabase>(&origin->bounded_tree, &origin->well_known);
    database->RecordErrorsTo(&problems);
    origin->bounded = std::make_unique<BoundedDatabase>(*database);
    origin->pool =
        std::make_unique<protobuf::DescriptorPool>(origin->bounded.get(), database->GetValidationErrorCollector());
    Files found;
    for (const auto& name : names) {
        if (const auto* file = origin->pool->FindFileByName(name)) found.push_back(file);
    }
    load_well_known(*origin->pool);
    if (auto list = origin->bounded->take_problems(); !list.empty()) return list;
    if (auto list = problems.take(); !list.empty()) return list;
    database->RecordErrorsTo(nullptr);
    origin->database = std::move(database);
    return std::make_shared<const Descriptors>(std::move(origin), std::move(found));
}

DescriptorsOrProblems read_descriptor_set(const SchemaFiles& files) {
    const auto bytes = files::read_file(files.descriptor_set);
    if (!bytes) return std::vector{bytes.error()};
    protobuf::FileDescriptorSet set;
    if (!set.ParseFromString(*bytes) || set.file().empty())
        return std::vector{Problem(ProblemCode::malformed, "'" + files.descriptor_set +
                                                               "' is no serialized google.protobuf.FileDescriptorSet")};
    auto origin = std::make_unique<Descriptors::Origin>();
    for (const auto& file : set.file()) origin->set.Add(file);
    origin->database = std::make_unique<protobuf::MergedDescriptorDatabase>(&origin->set, &origin->well_known);
    origin->bounded = std::make_unique<BoundedDatabase>(*origin->database);
    SetProblemCollector problems(files.descriptor_set);
    // The pool keeps its collector, so it is filled by a pool that may be forgotten before another one is kept.
    const protobuf::DescriptorPool trial(origin->bounded.get(), &problems);
    for (const auto& file : set.file()) {
        trial.FindFileByName(file.name());
        if (auto list = origin->bounded->take_problems(); !list.empty()) return list;
    }
    if (auto list = problems.take(); !list.empty()) return list;
    origin->pool = std::make_unique<protobuf::DescriptorPool>(origin->bounded.get());
    Files found;
    for (const auto& file : set.file()) found.push_back(origin->pool->FindFileByName(file.name()));
    load_well_known(*origin->pool);
    return std::make_shared<const Descriptors>(std::move(origin), std::move(found));
}

}  // namespace

Descriptors::Descriptors(std::unique_ptr<Origin> origin, Files files)
    : origin_(std::move(origin)), files_(std::move(files)), factory_(origin_->pool.get()) {}

Descriptors::~Descriptors() = default;

const protobuf::MethodDescriptor* Descriptors::find_method(std::string_view name) const {
    const auto slash = name.find('/');
    if (slash == std::string_view::npos) return nullptr;
    const auto* service = origin_->pool->FindServiceByName(std::string(name.substr(0, slash)));
    return service ? service->FindMethodByName(std::string(name.substr(slash + 1))) : nullptr;
}

std::vector<std::string> Descriptors::method_names() const {
    std::vector<std::string> names;
    for (const auto* file : files_) {
        for (int s = 0; s < file->service_count(); ++s) {
            const auto* service = file->service(s);
            for (int m = 0; m < service->method_count(); ++m)
                names.push_back(service->full_name() + "/" + service->method(m)->name());
        }
    }
    return names;
}

std::vector<std::string> Descriptors::source_files() const {
    std::vector<std::string> paths;
    std::set<const protobuf::FileDescriptor*> seen;
    auto left = files_;
    while (!left.empty()) {
        const auto* file = left.back();
        left.pop_back();
        if (!seen.insert(file).second) continue;
        std::string path;
        if (origin_->tree.VirtualFileToDiskFile(file->name(), &path)) paths.push_back(std::move(path));
        for (int i = 0; i < file->dependency_count(); ++i) left.push_back(file->dependency(i));
    }
    return paths;
}

std::unique_ptr<protobuf::Message> Descriptors::make_message(const protobuf::Descriptor& type) const {
    return std::unique_ptr<protobuf::Message>(factory_.GetPrototype(&type)->New());
}

std::unique_ptr<protobuf::Message> Descriptors::make_any() const {
    return make_message(*origin_->pool->FindMessageTypeByName("google.protobuf.Any"));
}

DescriptorsOrProblems read_descriptors(const SchemaFiles& files) {
    protobuf::SetLogHandler(nullptr);  // What is wrong with a schema or a message is told as a problem.
    return files.descriptor_set.empty() ? read_proto_files(files) : read_descriptor_set(files);
}

const protobuf::FieldDescriptor* find_numbered_field(const protobuf::Descriptor* type, std::uint64_t number) {
    if (type == nullptr) return nullptr;
    const auto* field = type->FindFieldByNumber(static_cast<int>(number));
    return field != nullptr ? field : type->file()->pool()->FindExtensionByNumber(type, static_cast<int>(number));
}

const DescriptorsOrProblems& DescriptorCache::read(const SchemaFiles& files) {
    const auto known = known_.find(files);
    if (known != known_.end()) return known->second;
    return known_.emplace(files, read_descriptors(files)).first->second;
}

}  // namespace understudy::scenario
