#pragma once

#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/access/judged_value.hpp"
#include "emulator/gateway/access/judgement.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <valijson/internal/adapter.hpp>
#include <valijson/internal/basic_adapter.hpp>
#include <valijson/internal/frozen_value.hpp>
#include <vector>

namespace understudy::access {

class JudgedAdapter;

/// What the adapters below hand on: a value, and the run that looks at it; none while a schema is read.
class JudgedView {
  public:
    /// Of an empty value: what the library takes for a list without items, or an object without members.
    JudgedView();
    JudgedView(const JudgedValue& value, Judgement* judgement) : value_(&value), judgement_(judgement) {}

    const JudgedValue& value() const { return *value_; }
    Judgement* judgement() const { return judgement_; }

  protected:
    const JudgedValue* value_;
    Judgement* judgement_ = nullptr;
};

template <typename Element, typename Position>
class JudgedIterator {
  public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = Element;
    using difference_type = std::ptrdiff_t;
    using pointer = Element*;
    using reference = Element&;

    JudgedIterator(Position at, Judgement* judgement) : at_(at), judgement_(judgement) {}
    Element operator*() const;
    valijson::adapters::DerefProxy<Element> operator->() const {
        return valijson::adapters::DerefProxy<Element>(**this);
    }
    bool operator==(const JudgedIterator& other) const { return at_ == other.at_; }
    JudgedIterator& operator++() { return ++at_, *this; }
    JudgedIterator operator++(int) { return JudgedIterator(at_++, judgement_); }
    JudgedIterator& operator--() { return --at_, *this; }
    void advance(std::ptrdiff_t steps) { at_ += steps; }

  private:
    Position at_;
    Judgement* judgement_;
};

using JudgedMember = std::pair<std::string, JudgedAdapter>;
using JudgedItems = JudgedIterator<JudgedAdapter, std::vector<JudgedValue>::const_iterator>;
using JudgedMembers = JudgedIterator<JudgedMember, std::vector<JudgedValue::Member>::const_iterator>;

class JudgedArray : public JudgedView {
  public:
    using JudgedView::JudgedView;
    using const_iterator = JudgedItems;
    JudgedItems begin() const { return {value_->items.begin(), judgement_}; }
    JudgedItems end() const { return {value_->items.end(), judgement_}; }
    std::size_t size() const { return value_->items.size(); }
};

class JudgedObject : public JudgedView {
  public:
    using JudgedView::JudgedView;
    using const_iterator = JudgedMembers;
    JudgedMembers begin() const { return {value_->members.begin(), judgement_}; }
    JudgedMembers end() const { return {value_->members.end(), judgement_}; }
    JudgedMembers find(const std::string& name) const;
    std::size_t size() const { return value_->members.size(); }
};

/// Each look at a value's kind is a step of the run.
class JudgedLeaf : public JudgedView {
  public:
    using JudgedView::JudgedView;

    static bool hasStrictTypes() { return true; }
    bool isArray() const { return is(Json::Kind::array); }
    bool isBool() const { return is(Json::Kind::boolean); }
    bool isDouble() const;
    bool isInteger() const;
    bool isNull() const { return is(Json::Kind::null); }
    bool isNumber() const { return is(Json::Kind::number); }
    bool isObject() const { return is(Json::Kind::object); }
    bool isString() const { return is(Json::Kind::string); }

    std::optional<JudgedArray> getArrayOptional() const { return JudgedArray(*value_, judgement_); }
    std::optional<JudgedObject> getObjectOptional() const { return JudgedObject(*value_, judgement_); }
    bool getArraySize(std::size_t& size) const { return size = value_->items.size(), isArray(); }
    bool getObjectSize(std::size_t& size) const { return size = value_->members.size(), isObject(); }
    bool getBool(bool& value) const { return value = value_->json->source == "true", isBool(); }
    bool getDouble(double& value) const;
    bool getInteger(std::int64_t& value) const;
    bool getString(std::string& value) const { return value = value_->json->text, isString(); }

    /// The library keeps values for `enum` and `const` alone, which it is not given.
    valijson::adapters::FrozenValue* freeze() const { throw std::logic_error("a value is kept"); }

  private:
    bool is(Json::Kind kind) const {
        if (judgement_ != nullptr) judgement_->spend(1);
        return value_->json->is(kind);
    }
};

/// The library's way to values.
class JudgedAdapter
    : public valijson::adapters::BasicAdapter<JudgedAdapter, JudgedArray, JudgedMember, JudgedObject, JudgedLeaf> {
  public:
    JudgedAdapter(const JudgedValue& value, Judgement* judgement)
        : BasicAdapter(JudgedLeaf(value, judgement)), view_(value, judgement) {}
    explicit JudgedAdapter(const JudgedValue& value) : JudgedAdapter(value, nullptr) {}

    const JudgedView& view() const { return view_; }

  private:
    JudgedView view_;
};

template <>
inline JudgedAdapter JudgedItems::operator*() const {
    return {*at_, judgement_};
}

template <>
inline JudgedMember JudgedMembers::operator*() const {
    return {std::string(at_->first), JudgedAdapter(at_->second, judgement_)};
}

}  // namespace understudy::access

template <>
struct valijson::adapters::AdapterTraits<understudy::access::JudgedAdapter> {
    using DocumentType = understudy::access::JudgedValue;
    static std::string adapterName() { return "JudgedAdapter"; }
};
