"""What the society does for the public: activities, volunteers, speakers for schools, and each member's yearly part."""
