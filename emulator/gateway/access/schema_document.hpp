#pragma once

#include "emulator/gateway/access/schema.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::access {

/// A schema that is referred to, written anew for the library: without what it would read otherwise than draft 4.
/// `x-reference` stands for `$ref` and names a document by its number, `x-own` an OwnPart by its.
struct SchemaDocument {
    std::string text;
    std::size_t height = 1;  ///< Schemas in one another, references not followed.
    bool refers = false;
    bool refers_for_same_value = false;
};

/// Which document a member of an object is judged by, where names are matched by expressions: all that match.
struct MemberDocuments {
    std::map<std::string_view, std::size_t> by_name;
    std::vector<std::pair<const EcmaPattern*, std::size_t>> by_pattern;
    std::optional<std::size_t> others;
    bool others_allowed = true;
};

/// What the library does not judge of a schema.
struct OwnPart {
    SchemaPlace place;
    std::optional<MemberDocuments> members;
};

/// A schema for the library, in parts that are read one by one, so that none nests deeper than its source.
/// Lifetime: the schemas that it was made from outlive it.
struct SchemaDocuments {
    std::vector<SchemaDocument> documents;  ///< The schema itself is the first.
    std::vector<OwnPart> own;
};

/// Preconditions: neither the schema nor what it refers to has a problem.
/// Tested by: SchemaJudge.KeepsTheDefinitionsOfDocumentsApart, SchemaJudge.ReadsWhatAReferenceLeadsToWhereverItStands
SchemaDocuments to_documents(const Schema& schema, const Schema::ByName& others);

}  // namespace understudy::access
