#include "emulator/gateway/access/schema_document.hpp"

#include "emulator/event/json_text.hpp"
#include "emulator/gateway/access/draft4.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

using Kind = Json::Kind;

class DocumentWriter {
  public:
    explicit DocumentWriter(const Schema::ByName& others) : others_(others) {}

    SchemaDocuments whole(SchemaPlace root) {
        number_of(root);
        // Whatever one refers to goes to the end of the list.
        for (std::size_t i = 0; i < places_.size(); ++i) {
            document_ = {};
            document_.text = schema(places_[i], {});
            made_.documents.push_back(std::move(document_));
        }
        return std::move(made_);
    }

  private:
    /// Where a schema stands in its document.
    struct Level {
        std::size_t depth = 1;
        SubschemaOf subject = SubschemaOf::same_value;  ///< As the document's root.
    };

    std::size_t number_of(SchemaPlace place) {
        place = follow_references(place, others_);
        const auto [known, is_new] = numbers_.try_emplace(place.node, places_.size());
        if (is_new) places_.push_back(place);
        return known->second;
    }

    std::size_t refer(SchemaPlace place, SubschemaOf subject) {
        document_.refers = true;
        document_.refers_for_same_value |= subject == SubschemaOf::same_value;
        return number_of(place);
    }

    static void add(std::string& out, std::string_view name, const std::string& text) {
        out += out.size() > 1 ? ",\"" : "\"";
        event::append_json_text(out, name);
        out += "\":" + text;
    }

    static std::string quoted(std::size_t number) { return '"' + std::to_string(number) + '"'; }

    std::string schema(SchemaPlace place, Level level) {
        document_.height = std::max(document_.height, level.depth);
        std::string out = "{";
        if (place.node->find("$ref") != nullptr && level.depth > 1) {
            add(out, "x-reference", quoted(refer(place, level.subject)));
            return out + '}';
        }
        const bool by_pattern = matches_names(place);
        bool has_own = by_pattern;
        for (const Keyword& keyword : keywords()) {
            const Json* argument = place.node->find(keyword.name);
            if (argument == nullptr) continue;
            has_own |= keyword.judge == Judge::own;
            if (keyword.judge != Judge::library || (by_pattern && is_of_members(keyword.name))) continue;
            const Level inside{.depth = level.depth + 1,
                               .subject = keyword.of_same_value ? level.subject : SubschemaOf::part};
            add(out, keyword.name, written({place.schema, argument}, keyword.argument, inside));
        }
        if (has_own) add(out, "x-own", quoted(add_own(place)));
        return out + '}';
    }

    static bool matches_names(SchemaPlace place) { return place.node->find("patternProperties") != nullptr; }

    static bool is_of_members(std::string_view keyword) {
        return keyword == "properties" || keyword == "additionalProperties";
    }

    std::string written(SchemaPlace argument, Argument shape, Level level) {
        const Json& node = *argument.node;
        if (shape == Argument::schema_map || shape == Argument::dependencies) return map(argument, level);
        const bool holds_schemas = shape == Argument::schema || shape == Argument::schema_list ||
                                   shape == Argument::schema_or_boolean || shape == Argument::schema_or_list;
        if (!holds_schemas || node.is(Kind::boolean)) return std::string(node.source);
        if (node.is(Kind::object)) return schema(argument, level);
        std::string list;
        for (const Json& each : node.items) list += (list.empty() ? "" : ",") + schema({argument.schema, &each}, level);
        return '[' + list + ']';
    }

    /// The lists of names among `dependencies` are no schemas.
    std::string map(SchemaPlace argument, Level level) {
        std::map<std::string_view, const Json*> members;
        for (const auto& [name, each] : argument.node->members) members[name] = &each;
        std::string out = "{";
        for (const auto& [name, each] : members) {
            add(out, name, each->is(Kind::object) ? schema({argument.schema, each}, level) : std::string(each->source));
        }
        return out + '}';
    }

    std::size_t add_own(SchemaPlace place) {
        OwnPart part{.place = place, .members = {}};
        if (matches_names(place)) part.members = member_documents(place);
        made_.own.push_back(std::move(part));
        return made_.own.size() - 1;
    }

    MemberDocuments member_documents(SchemaPlace place) {
        MemberDocuments members;
        if (const Json* properties = place.node->find("properties")) {
            for (const auto& [name, each] : properties->members)
                members.by_name[name] = refer({place.schema, &each}, SubschemaOf::part);
        }
        for (const auto& [expression, each] : place.node->find("patternProperties")->members) {
            members.by_pattern.emplace_back(&place.schema->pattern(expression),
                                            refer({place.schema, &each}, SubschemaOf::part));
        }
        if (const Json* others = place.node->find("additionalProperties")) {
            if (others->is(Kind::object)) members.others = refer({place.schema, others}, SubschemaOf::part);
            members.others_allowed = others->source != "false";
        }
        return members;
    }

    const Schema::ByName& others_;
    SchemaDocuments made_;
    SchemaDocument document_;
    std::vector<SchemaPlace> places_;
    std::map<const Json*, std::size_t> numbers_;
};

}  // namespace

SchemaDocuments to_documents(const Schema& schema, const Schema::ByName& others) {
    return DocumentWriter(others).whole({&schema, &schema.root()});
}

}  // namespace understudy::access
