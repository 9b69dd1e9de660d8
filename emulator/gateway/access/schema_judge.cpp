#include "emulator/gateway/access/schema_judge.hpp"

#include "emulator/gateway/access/draft4.hpp"
#include "emulator/gateway/access/judged_adapter.hpp"
#include "emulator/gateway/access/judged_value.hpp"
#include "emulator/gateway/access/judgement.hpp"
#include "emulator/gateway/access/schema_document.hpp"
#include "emulator/gateway/access/schema_keywords.hpp"
#include "emulator/gateway/access/text_format.hpp"

#include <algorithm>
#include <deque>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/basic_constraint.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <vector>

namespace understudy::access {
namespace {

using AnyAdapter = valijson::adapters::Adapter;

/// Nesting of a document up to here is read: twice that of a schema, whatever is written anew in it.
constexpr std::size_t kMaxDocumentDepth = 512;
/// Schemas in one another, references followed; a step of the library takes up to 4 KB of the stack.
constexpr std::size_t kDeepest = 1000;

/// What is remembered takes memory, too.
constexpr std::size_t kStepsOfAMemory = 16;

/// A rule of ours in the library's shape.
template <typename Rule>
class OwnConstraint : public valijson::constraints::PolyConstraint {
  public:
    explicit OwnConstraint(Rule rule) : rule_(rule) {}

    bool validate(const AnyAdapter& target, const std::vector<std::string>& /*context*/,
                  valijson::ValidationResults* /*results*/) const override {
        const JudgedView& view = static_cast<const JudgedAdapter&>(target).view();
        return rule_.accepts(view.value(), *view.judgement());
    }

  private:
    Constraint* cloneInto(void* memory) const override { return new (memory) OwnConstraint(*this); }
    std::size_t sizeOf() const override { return sizeof(OwnConstraint); }

    Rule rule_;
};

/// Makes a rule by the number that stands behind its keyword.
template <typename Rule>
class OwnBuilder : public valijson::ConstraintBuilder {
  public:
    using Make = std::function<Rule(std::size_t)>;

    explicit OwnBuilder(Make make) : make_(std::move(make)) {}
    valijson::constraints::Constraint* make(const AnyAdapter& value) const override {
        return new OwnConstraint<Rule>(make_(std::stoul(value.getString())));
    }

  private:
    Make make_;
};

struct ReferenceRule {
    bool accepts(const JudgedValue& value, Judgement& judgement) const { return judgement.accepts(document, value); }
    std::size_t document;
};

struct OwnRule {
    bool accepts(const JudgedValue& value, Judgement& judgement) const {
        return accepts_by_keywords(*value.json, judgement) && accepts_format(*value.json) &&
               (!part->members || accepts_members(value, judgement));
    }

    bool accepts_by_keywords(const Json& value, Judgement& judgement) const {
        for (const Keyword& keyword : keywords()) {
            const Json* argument = keyword.judge == Judge::own ? part->place.node->find(keyword.name) : nullptr;
            if (argument == nullptr) continue;
            judgement.spend(steps_of(keyword, value));
            if (check_keyword(keyword.name, {value, *argument, part->place})) return false;
        }
        return true;
    }

    /// Lists of values and of items are compared by all that is in them.
    static std::size_t steps_of(const Keyword& keyword, const Json& value) {
        const bool reads_all = value.is(Json::Kind::string) || keyword.argument == Argument::values ||
                               keyword.argument == Argument::boolean;
        return reads_all ? 1 + value.source.size() / kCharactersOfAStep : 1;
    }

    bool accepts_format(const Json& value) const {
        const Json* format = value.is(Json::Kind::string) ? part->place.node->find("format") : nullptr;
        return format == nullptr || !find_format_fault(format->text, value.text);
    }

    bool accepts_members(const JudgedValue& value, Judgement& judgement) const {
        return std::ranges::all_of(value.members, [&](const JudgedValue::Member& member) {
            judgement.spend(1 + part->members->by_pattern.size());
            return accepts_member(member.first, member.second, judgement);
        });
    }

    bool accepts_member(std::string_view name, const JudgedValue& value, Judgement& judgement) const {
        const MemberDocuments& members = *part->members;
        const auto own = members.by_name.find(name);
        bool known = own != members.by_name.end();
        if (known && !judgement.accepts(own->second, value)) return false;
        for (const auto& [pattern, document] : members.by_pattern) {
            if (!pattern->matches(name)) continue;
            known = true;
            if (pattern->checks() && !judgement.accepts(document, value)) return false;
        }
        if (known) return true;
        return members.others ? judgement.accepts(*members.others, value) : members.others_allowed;
    }

    static constexpr std::size_t kCharactersOfAStep = 8;

    const OwnPart* part;
};

}  // namespace

struct SchemaJudge::Compiled {
    SchemaDocuments documents;
    std::deque<valijson::Schema> schemas;  ///< One of each document.
    std::string problem;
};

namespace {

/// Remembers what documents that refer to others said of a part of the value.
class Run : public Judgement {
  public:
    Run(const SchemaDocuments& documents, const std::deque<valijson::Schema>& schemas, std::size_t most_steps)
        : Judgement(most_steps), documents_(documents), schemas_(schemas) {}

    bool accepts(std::size_t document, const JudgedValue& part) override {
        spend(1);
        const SchemaDocument& made = documents_.documents[document];
        const bool repeats = made.refers_for_same_value ||
                             (made.refers && (part.json->is(Json::Kind::array) || part.json->is(Json::Kind::object)));
        if (!repeats) return validate(document, part);
        if (const auto known = known_.find({document, &part}); known != known_.end()) return known->second;
        spend(kStepsOfAMemory);
        const bool accepted = validate(document, part);
        known_.emplace(Key{document, &part}, accepted);
        return accepted;
    }

  private:
    using Key = std::pair<std::size_t, const JudgedValue*>;
    struct Hash {
        std::size_t operator()(const Key& key) const { return std::hash<const void*>()(key.second) * 31 + key.first; }
    };

    bool validate(std::size_t document, const JudgedValue& part) {
        const std::size_t height = documents_.documents[document].height;
        if (depth_ + height > kDeepest) throw OutOfSteps{};
        depth_ += height;
        valijson::Validator validator;
        const bool accepted = validator.validate(schemas_[document], JudgedAdapter(part, this), nullptr);
        depth_ -= height;
        return accepted;
    }

    const SchemaDocuments& documents_;
    const std::deque<valijson::Schema>& schemas_;
    std::unordered_map<Key, bool, Hash> known_;
    std::size_t depth_ = 0;
};

}  // namespace

SchemaJudge::SchemaJudge(const Schema& schema, const Schema::ByName& others) : compiled_(std::make_unique<Compiled>()) {
    compiled_->documents = to_documents(schema, others);
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft4);
    const auto to_reference = [](std::size_t document) { return ReferenceRule{.document = document}; };
    const auto to_own = [this](std::size_t number) { return OwnRule{.part = &compiled_->documents.own[number]}; };
    parser.addConstraintBuilder("x-reference", new OwnBuilder<ReferenceRule>(to_reference));
    parser.addConstraintBuilder("x-own", new OwnBuilder<OwnRule>(to_own));
    try {
        for (SchemaDocument& each : compiled_->documents.documents) {
            const auto document = parse_json(each.text, kMaxDocumentDepth);
            if (!document) throw std::runtime_error("it nests too deep");
            parser.populateSchema(JudgedAdapter(JudgedValue(*document)), compiled_->schemas.emplace_back());
            each.text.clear();
        }
    } catch (const std::exception& error) {
        compiled_->problem = error.what();
    }
}

SchemaJudge::SchemaJudge(SchemaJudge&&) noexcept = default;
SchemaJudge& SchemaJudge::operator=(SchemaJudge&&) noexcept = default;
SchemaJudge::~SchemaJudge() = default;

const std::string& SchemaJudge::problem() const {
    return compiled_->problem;
}

Judged SchemaJudge::judge(const Json& value, std::size_t most_steps) const {
    const JudgedValue judged(value);
    Run run(compiled_->documents, compiled_->schemas, most_steps);
    try {
        return run.accepts(0, judged) ? Judged::accepts : Judged::refuses;
    } catch (const OutOfSteps&) {
        return Judged::gives_up;
    }
}

}  // namespace understudy::access
